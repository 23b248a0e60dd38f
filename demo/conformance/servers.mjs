// Servers that others wrote, in processes of their own on loopback.
import { once } from 'node:events';
import net from 'node:net';

const patience = 20_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A port that nobody listens on. */
export const freePort = async () => {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
};

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const end = (answer) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });

/** Waits until a process takes connections at a port. */
export const ready = async (name, child, port) => {
  for (const end = Date.now() + patience; Date.now() < end && child.exitCode === null; await pause(50)) {
    if (await accepts(port)) return;
  }
  throw new Error(`${name} does not start`);
};

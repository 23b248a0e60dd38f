// Loaded before the suite: its servers would listen on all interfaces, and it would look for the
// client's metadata document on the net.
import net from 'node:net';

// The suite asks for the port as soon as it has called listen, so naming a host there, which makes
// listen wait for a look-up, will not do.
const listen = net.Server.prototype._listen2;
net.Server.prototype._listen2 = function (address, port, family, ...rest) {
  return address ? listen.call(this, address, port, family, ...rest) : listen.call(this, '127.0.0.1', port, 4, ...rest);
};

const fetched = globalThis.fetch;
globalThis.fetch = async (resource, options) => {
  const { hostname } = new URL(typeof resource === 'object' && 'url' in resource ? resource.url : resource);
  if (!['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    throw new Error(`not on loopback: ${hostname}`);
  }
  return fetched(resource, options);
};

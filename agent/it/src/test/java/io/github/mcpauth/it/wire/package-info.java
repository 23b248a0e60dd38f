/**
 * How clients call: handlers, protocols, streams, loaders, time-outs; each call is logged as it was
 * on the wire.
 */
package io.github.mcpauth.it.wire;

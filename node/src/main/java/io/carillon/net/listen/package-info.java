/**
 * Where clients come in: event loops, listening sockets, TLS and WebSocket. What a listener hands
 * on is a channel that carries plain MQTT bytes in {@code ByteBuf}s both ways, whatever lies below.
 *
 * <p>{@link io.carillon.net.listen.Listeners} binds all listeners or none. The pipeline of an
 * accepted channel, from the network upwards: {@code SslHandler} and {@code TlsOutcome} where the
 * listener has TLS; {@code HttpServerCodec} and {@code WebSocketGate}, replaced by {@code
 * WebSocketBytes}, where it speaks WebSocket; then the connection.
 */
@NullMarked
package io.carillon.net.listen;

import org.jspecify.annotations.NullMarked;

package io.carillon.testing.cluster;

import java.util.List;

/**
 * Where a node may run.
 *
 * @param address an IPv4 address that no other node has
 * @param member where its cluster member listens, HOST:PORT
 * @param prefix what starts a program there: it is followed by the program and its arguments
 */
public record Host(String address, String member, List<String> prefix) {}

package io.carillon.testing.cluster;

import java.util.List;

/**
 * Where a node may run.
 *
 * @param address an IPv4 address that no other node has
 * @param prefix what starts a program there: it is followed by the program and its arguments
 */
public record Host(String address, List<String> prefix) {}

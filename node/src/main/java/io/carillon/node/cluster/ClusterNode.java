package io.carillon.node.cluster;

public final class ClusterNode {}

/**
 * Links over gRPC: a stream per wire, frames as they are, on one event loop for the whole node. The
 * only importer of gRPC. Begin with {@link io.carillon.cluster.link.grpc.GrpcLinks}.
 */
@NullMarked
package io.carillon.cluster.link.grpc;

import org.jspecify.annotations.NullMarked;

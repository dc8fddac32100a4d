/**
 * Who a client is and what it may do. Connections ask {@link io.carillon.auth.Access}; what stands
 * behind it is a way to check a log-in ({@link io.carillon.auth.Authenticator}), the methods of
 * enhanced authentication ({@link io.carillon.auth.EnhancedAuthenticator}) and the permissions
 * ({@link io.carillon.auth.Authorizer}).
 */
@NullMarked
package io.carillon.auth;

import org.jspecify.annotations.NullMarked;

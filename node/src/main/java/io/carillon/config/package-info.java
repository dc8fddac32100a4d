/**
 * The configuration: records that are read once at start and validated as a whole. Each record
 * declares its keys beside its fields; that one table gives parsing, validation, the messages, the
 * printed configuration and the reference file {@code conf/carillon.yaml}.
 *
 * <p>A setting is text with an origin until {@link io.carillon.config.Values} reads it by its key:
 * sources ({@code YamlSource}, {@code EnvironmentSource}, {@code SetSource}) make settings, {@code
 * ConfigReader} lays them over each other and builds {@link io.carillon.config.CarillonConfig}.
 */
@NullMarked
package io.carillon.config;

import org.jspecify.annotations.NullMarked;

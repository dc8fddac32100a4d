package io.carillon.shard;

import io.carillon.record.RetainedRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the retained messages that match a filter.
 *
 * @param rows the messages; none of them expired when read
 * @param next what to ask for the rest with, or null at the end
 */
public record RetainedPage(List<RetainedRow> rows, @Nullable RetainedQuery next) {}

/**
 * What keeps clients that are slow, or many, from holding up the others: limits of connections and
 * of memory, and responses that need no thread while their clients read them.
 */
@NullMarked
package dev.ss.server;

import org.jspecify.annotations.NullMarked;

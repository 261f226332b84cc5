/**
 * Who may use a process of SS: tokens and what they allow, the hosts that requests may name, and
 * the refusal of requests from other sites.
 *
 * <p>A request passes the {@link dev.ss.access.DoorHandler} first, for all paths. Then it needs a
 * token with the {@link dev.ss.access.Permission} of its route, if a file of tokens is configured.
 */
@NullMarked
package dev.ss.access;

import org.jspecify.annotations.NullMarked;

package dev.ss.access;

/** Whether a request may do what its route does. */
public sealed interface Admission {
  /** The request may. */
  record Granted(Caller caller) implements Admission {}

  /** The request has no token, or none that is known: 401. */
  record Unknown(DenialReason reason) implements Admission {}

  /** The request's token does not allow this: 403. */
  record Forbidden(Caller caller, Permission missing) implements Admission {}
}

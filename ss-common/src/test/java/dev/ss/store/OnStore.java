package dev.ss.store;

/** Tests of a store, whichever database it is. */
interface OnStore {
  /** An empty store of this test's own. */
  TestStore store();

  /** Where it is, to open it once more. */
  DatabaseSettings settings();

  /** A database nobody has opened yet. */
  DatabaseSettings emptyDatabase() throws Exception;
}

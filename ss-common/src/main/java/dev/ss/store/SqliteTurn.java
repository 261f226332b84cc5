package dev.ss.store;

import dev.ss.store.ClaimStatements.Claim;
import dev.ss.store.EndStatements.End;
import java.util.List;

/** Stores ends and claims jobs in a transaction of several statements. */
final class SqliteTurn implements TurnStatements {
  private final EndStatements ends = new SqliteEnds();
  private final ClaimStatements claims = new SqliteClaims();

  @Override
  public Done turn(Database database, List<End> ended, Claim claim) {
    return database.inTransaction(
        handle -> new Done(ends.write(handle, ended), claims.claim(handle, claim)));
  }
}

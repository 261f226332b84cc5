package dev.ss.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Label;
import dev.ss.bridge.LabelPair;
import java.util.function.IntSupplier;

/** Reports how the connections of a database pool are used. */
public final class PoolMetrics {
  private static final Label<State> STATE = Label.ofEnum("state", State.class);

  private PoolMetrics() {}

  /** The values of the label {@code state}. */
  private enum State {
    ACTIVE,
    IDLE,
    MAX
  }

  /**
   * Registers the series of one pool.
   *
   * @param active the number of connections in use
   * @param idle the number of open connections that are not in use
   * @param max how many connections the pool may open
   * @param waiting the number of threads that wait for a connection
   */
  public static void register(
      BridgeRegistry registry,
      String pool,
      IntSupplier active,
      IntSupplier idle,
      IntSupplier max,
      IntSupplier waiting) {
    LabelPair name = Label.<String>ofType("pool", same -> same).is(pool);
    connections(registry, name, State.ACTIVE, active);
    connections(registry, name, State.IDLE, idle);
    connections(registry, name, State.MAX, max);
    registry.read(Catalogue.DB_POOL_WAITING.spec(), waiting::getAsInt, name);
  }

  private static void connections(
      BridgeRegistry registry, LabelPair pool, State state, IntSupplier count) {
    registry.read(Catalogue.DB_POOL_CONNECTIONS.spec(), count::getAsInt, pool, STATE.is(state));
  }
}

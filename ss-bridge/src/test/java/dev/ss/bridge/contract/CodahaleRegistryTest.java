package dev.ss.bridge.contract;

import com.codahale.metrics.MetricRegistry;

/** That the contract asks for no more than Codahale gives. */
class CodahaleRegistryTest extends RegistryContract {
  @Override
  MetricRegistry newRegistry() {
    return new MetricRegistry();
  }
}

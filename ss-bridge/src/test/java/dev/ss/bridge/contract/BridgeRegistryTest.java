package dev.ss.bridge.contract;

import com.codahale.metrics.MetricRegistry;
import dev.ss.bridge.BridgeRegistry;

/** That an application does not notice. */
class BridgeRegistryTest extends RegistryContract {
  @Override
  MetricRegistry newRegistry() {
    return new BridgeRegistry();
  }
}

package dev.ss.boot;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates the threads of a pool: daemons, named after the pool and numbered from 1. Thread-safe.
 */
public final class NamedThreads implements ThreadFactory {
  private final String name;
  private final AtomicInteger number = new AtomicInteger();

  public NamedThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}

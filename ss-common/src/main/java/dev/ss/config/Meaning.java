package dev.ss.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key of config.yml means. docs/configuration.md is written from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
@interface Meaning {
  /** A sentence without a full stop at its end, as Markdown. */
  String value();

  /** The default in words, where the default value does not say it. */
  String defaultText() default "";
}

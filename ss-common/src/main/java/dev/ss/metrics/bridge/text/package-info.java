/**
 * A scrape as text, byte for byte as the Java client writes it, straight from what was counted:
 * {@link dev.ss.metrics.bridge.text.FamilyText} and {@link dev.ss.metrics.bridge.text.LabelText}
 * are what does not change from one scrape to the next.
 */
package dev.ss.metrics.bridge.text;

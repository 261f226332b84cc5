/**
 * What SS must do, said a second time and without SS: which steps a job may take, which commands
 * may run, what clients may be told. Pure: it judges what others have observed. All times are in
 * seconds of {@link dev.ss.testkit.place.Uptime}.
 */
package dev.ss.testkit.model;

/** The API process: its wiring and its server. */
package dev.ss.api;

/** The API process: how its parts are wired, and its HTTP server. */
package dev.ss.api;

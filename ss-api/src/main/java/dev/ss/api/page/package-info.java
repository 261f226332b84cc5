/**
 * The status page for people. It reads the API as any client does; here are only its files, and
 * which of them there are.
 */
package dev.ss.api.page;

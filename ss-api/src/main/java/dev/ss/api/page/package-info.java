/**
 * The status page that people open in a browser, and the documents that the API serves. The page's
 * JavaScript calls the API as any client does; this package only serves files.
 */
@NullMarked
package dev.ss.api.page;

import org.jspecify.annotations.NullMarked;

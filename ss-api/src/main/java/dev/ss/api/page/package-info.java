/**
 * The status page that people open in a browser. Its JavaScript calls the API as any client does;
 * this package only serves the page's files.
 */
@NullMarked
package dev.ss.api.page;

import org.jspecify.annotations.NullMarked;

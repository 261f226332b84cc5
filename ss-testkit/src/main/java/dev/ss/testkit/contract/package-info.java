/** The API's OpenAPI document, to which clients of tests and drills hold the answers they get. */
@NullMarked
package dev.ss.testkit.contract;

import org.jspecify.annotations.NullMarked;

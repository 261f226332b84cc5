/** Makes the jobs of schedules: one for each due moment, however many APIs run. */
@NullMarked
package dev.ss.api.schedule;

import org.jspecify.annotations.NullMarked;

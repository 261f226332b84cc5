/** What a drill burdens SS with, and what it writes down outside SS while it does. */
package dev.ss.drill.load;

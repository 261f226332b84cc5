/** The load of a drill, and the record of the answers that its clients got. */
package dev.ss.drill.load;

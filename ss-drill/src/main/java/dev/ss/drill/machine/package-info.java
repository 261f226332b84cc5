/** What drills need of the machine, and how they leave it. */
package dev.ss.drill.machine;

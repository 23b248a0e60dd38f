package io.github.mcpauth.bench;

import java.util.List;

/**
 * What one run of a program took.
 *
 * @param cpuMillis user and system time of the whole process; 0 where it is not known
 * @param printed the numbers that the program printed
 */
record Run(double wallMillis, double cpuMillis, List<Double> printed) {}

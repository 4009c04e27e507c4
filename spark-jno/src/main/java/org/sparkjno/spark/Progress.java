// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

/**
 * Where one rank stands.
 *
 * @param generation counts the restarts, from 0
 * @param rank who reports
 * @param step optimiser steps done since the start of training, or cycles of a solve that this rank has begun
 * @param loss of the last step; NaN where the rank does not know it
 * @param samples seen by the whole world since the start of training; 0 in a solve
 */
public record Progress(int generation, int rank, long step, double loss, long samples) {}

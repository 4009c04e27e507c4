// SPDX-License-Identifier: Apache-2.0
/** Matrices whose rows are divided over ranks, their multigrid hierarchies and solves over a collective. */
package org.sparkjno.amg.distributed;

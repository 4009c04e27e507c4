// SPDX-License-Identifier: Apache-2.0
/** The training loop of one replica, its data, its compiled step and its evaluation. */
package org.sparkjno.train;

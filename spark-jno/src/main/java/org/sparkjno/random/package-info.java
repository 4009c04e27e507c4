// SPDX-License-Identifier: Apache-2.0
/** Random numbers with the same bits on every machine. */
package org.sparkjno.random;

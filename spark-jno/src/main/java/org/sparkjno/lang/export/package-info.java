// SPDX-License-Identifier: Apache-2.0
/** Fields as files that other programs read. */
package org.sparkjno.lang.export;

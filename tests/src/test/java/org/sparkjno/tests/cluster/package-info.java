// SPDX-License-Identifier: Apache-2.0
/** Spark with executors in processes of their own, for tests of what only processes can show. */
package org.sparkjno.tests.cluster;

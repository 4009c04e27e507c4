// SPDX-License-Identifier: Apache-2.0
/** What a run is, where it stands, and both of them on disk. */
package org.sparkjno.checkpoint;

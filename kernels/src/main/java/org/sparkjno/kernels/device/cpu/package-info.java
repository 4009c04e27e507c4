/** The processor as a device: C text becomes loaded machine code, which threads run on off-heap memory. */
package org.sparkjno.kernels.device.cpu;

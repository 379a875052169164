/** When watched data counts as changed: what was seen of it, what was told, and what is still to be told. */
package io.jenkins.mlops.monitor.trigger;

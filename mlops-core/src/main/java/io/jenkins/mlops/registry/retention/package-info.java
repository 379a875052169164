/** Which versions may go: those that never served, by rules that an administrator sets. */
package io.jenkins.mlops.registry.retention;

/** Doubles of Jenkins' structs plugin: descriptors by their symbol. */
package org.jenkinsci.plugins.structs;

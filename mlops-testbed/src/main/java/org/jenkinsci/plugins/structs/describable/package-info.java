/** Doubles of Jenkins' structs plugin: describables from the maps and lists of a Jenkinsfile. */
package org.jenkinsci.plugins.structs.describable;

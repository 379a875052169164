/** Promotions as people and builds handle them: asked for, decided, checked, and carried on as time goes by. */
package io.jenkins.plugins.mlops.registry.promotion;

package io.mooring.platform.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a route that strangers may call as well as callers, because what is asked for decides who
 * may see it. A credential that is sent is judged as everywhere; {@link CurrentCaller#ifAny} tells.
 */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Anybody {}

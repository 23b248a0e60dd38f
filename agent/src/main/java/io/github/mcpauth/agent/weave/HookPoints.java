package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.*;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Finds the hook points of one class and weaves each where all that it needs is there. */
final class HookPoints extends ClassVisitor {

  private static final String LIST = "Ljava/util/List;";
  // The system's, the user's, and the stream that they open.
  private static final String OUTGOING =
      "(Ljava/net/http/HttpHeaders;Ljava/net/http/HttpHeaders;Ljava/lang/Object;)V";
  private static final String REDIRECTION = "newInstanceForRedirection";

  private final String owner;
  private final String simple;
  private final Map<String, String> fields = new HashMap<>();
  private final Set<String> missing = new LinkedHashSet<>();

  HookPoints(String owner, ClassWriter writer) {
    super(ASM9, writer);
    this.owner = owner;
    this.simple = owner.substring(owner.lastIndexOf('/') + 1);
    missing.addAll(
        switch (simple) {
          case "HttpClientFacade" ->
              List.of(
                  "HttpClientFacade.send(2)",
                  "HttpClientFacade.sendAsync(2)",
                  "HttpClientFacade.sendAsync(3)");
          case "HttpRequestImpl" ->
              List.of("HttpRequestImpl.<init>", "HttpRequestImpl." + REDIRECTION);
          case "Http1Request" -> List.of("Http1Request.headers()");
          case "CookieFilter" -> List.of("CookieFilter.request");
          default -> List.of(simple + ".<init>");
        });
  }

  Set<String> missing() {
    return missing;
  }

  @Override
  public net.bytebuddy.jar.asm.@Nullable FieldVisitor visitField(
      int access, String name, String type, @Nullable String signature, @Nullable Object value) {
    fields.put(name, type);
    return super.visitField(access, name, type, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String type,
      @Nullable String signature,
      String @Nullable [] thrown) {
    MethodVisitor code = super.visitMethod(access, name, type, signature, thrown);
    boolean isStatic = (access & ACC_STATIC) != 0;
    if (isStatic != name.equals(REDIRECTION) || (access & (ACC_ABSTRACT | ACC_BRIDGE)) != 0) {
      return code;
    }
    Type[] parameters = Type.getArgumentTypes(type);
    MethodVisitor woven = weave(code, name, type, parameters);
    if (woven != null) {
      missing.remove(
          switch (simple) {
            case "HttpClientFacade" -> "HttpClientFacade." + name + "(" + parameters.length + ")";
            case "Http1Request" -> "Http1Request.headers()";
            case "HttpRequestImpl", "CookieFilter" -> simple + "." + name;
            default -> simple + ".<init>";
          });
    }
    return woven == null ? code : woven;
  }

  private @Nullable MethodVisitor weave(
      MethodVisitor code, String name, String type, Type[] parameters) {
    return switch (simple) {
      case "HttpClientFacade" -> facade(code, name, type, parameters);
      case "HttpRequestImpl" -> request(code, name, type, parameters);
      case "Http1Request" ->
          name.equals("headers") && type.equals("()" + LIST) && fields.containsKey("request")
              ? new Exits.Http1(code, owner, fields.get("request"))
              : null;
      case "OutgoingHeaders" ->
          name.equals("<init>") && type.equals(OUTGOING) ? new Exits.Http2(code) : null;
      case "CookieFilter" ->
          name.equals("request")
                  && parameters.length == 2
                  && parameters[0].getInternalName().endsWith("/HttpRequestImpl")
                  && type.endsWith(")V")
              ? new Skipped(code)
              : null;
      case "Response" -> response(code, name, parameters);
      default ->
          name.equals("<init>")
                  && type.equals("(Lokhttp3/OkHttpClient$Builder;)V")
                  && LIST.equals(fields.get("interceptors"))
                  && LIST.equals(fields.get("networkInterceptors"))
              ? new Exits.OkHttp(code, owner)
              : null;
    };
  }

  private @Nullable MethodVisitor request(
      MethodVisitor code, String name, String type, Type[] parameters) {
    if (name.equals("<init>")) {
      int source = slot(1, parameters, "HttpRequest", "HttpRequestImpl");
      return source < 0 ? null : new Exits.Linked(code, source);
    }
    int answered = slot(0, parameters, "HttpRequestImpl");
    boolean redirection = name.equals(REDIRECTION) && type.endsWith(")L" + owner + ";");
    return redirection && answered >= 0 ? new Exits.Redirected(code, answered, owner) : null;
  }

  private static @Nullable MethodVisitor facade(
      MethodVisitor code, String name, String type, Type[] parameters) {
    boolean send = name.equals("send") && parameters.length == 2;
    boolean async = name.equals("sendAsync") && (parameters.length == 2 || parameters.length == 3);
    return send || async
        ? new Entry(code, parameters.length, async, Type.getReturnType(type).getInternalName())
        : null;
  }

  private static @Nullable MethodVisitor response(
      MethodVisitor code, String name, Type[] parameters) {
    int request = slot(1, parameters, "HttpRequest", "HttpRequestImpl");
    int status = slot(1, parameters, "I");
    int headers = slot(1, parameters, "HttpHeaders");
    int version = slot(1, parameters, "HttpClient$Version");
    boolean all = request > 0 && status > 0 && headers > 0 && version > 0;
    return name.equals("<init>") && parameters.length == 7 && all
        ? new Exits.Responded(code, request, status, headers, version)
        : null;
  }

  /** Of the first parameter of one of the types, by simple name; -1 where there is none. */
  private static int slot(int first, Type[] parameters, String... names) {
    int slot = first;
    for (Type parameter : parameters) {
      String internal = parameter.getInternalName();
      if (List.of(names).contains(internal.substring(internal.lastIndexOf('/') + 1))) {
        return slot;
      }
      slot += parameter.getSize();
    }
    return -1;
  }
}

package io.sluice.connectors;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What Flink is told of the types that flow: it finds these by the annotation on the type. */
public final class Flows {
  public static final TypeInformation<Arrival> ARRIVAL =
      new FlowType<>(Arrival.class, ArrivalSerializer.INSTANCE);
  public static final TypeInformation<Row> ROW = new FlowType<>(Row.class, RowSerializer.INSTANCE);
  public static final TypeInformation<PartArrival> PART =
      new FlowType<>(PartArrival.class, PartArrivalSerializer.INSTANCE);

  private Flows() {}

  /** {@code Arrival} to Flink. */
  public static final class ArrivalType extends TypeInfoFactory<Arrival> {
    @Override
    public TypeInformation<Arrival> createTypeInfo(Type type, Map<String, TypeInformation<?>> of) {
      return ARRIVAL;
    }
  }

  /** {@code Row} to Flink. */
  public static final class RowType extends TypeInfoFactory<Row> {
    @Override
    public TypeInformation<Row> createTypeInfo(Type type, Map<String, TypeInformation<?>> of) {
      return ROW;
    }
  }

  /** {@code PartArrival} to Flink. */
  public static final class PartType extends TypeInfoFactory<PartArrival> {
    @Override
    public TypeInformation<PartArrival> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> of) {
      return PART;
    }
  }
}

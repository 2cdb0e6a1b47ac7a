// The parts of ECharts in use; the bundler leaves the rest out.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { GraphicComponent, GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { BarSeriesOption, CustomSeriesOption, HeatmapSeriesOption, LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
import type { GraphicComponentOption, GridComponentOption, TooltipComponentOption, VisualMapComponentOption } from "echarts/components";
import type { ComposeOption, ECharts } from "echarts/core";

use([BarChart, CustomChart, GraphicComponent, GridComponent, HeatmapChart, LineChart, ScatterChart, SVGRenderer, TooltipComponent, VisualMapComponent]);

export { init };
export type { ECharts, BarSeriesOption, CustomSeriesOption, LineSeriesOption };
export type ChartOption = ComposeOption<
  BarSeriesOption | CustomSeriesOption | GraphicComponentOption | GridComponentOption | HeatmapSeriesOption | LineSeriesOption | ScatterSeriesOption | TooltipComponentOption | VisualMapComponentOption
>;
